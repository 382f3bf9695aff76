// A house with wrong arrows in every place where one can hide, for ArchitectureSampleTests.
using Dashboard.Broker.Tests.Architecture.Sample.Sessions;

namespace Dashboard.Broker.Tests.Architecture.Sample
{
    internal sealed class MqttBroker;

    internal sealed class BrokerOptions;

    internal delegate void Told();
}

namespace Dashboard.Broker.Tests.Architecture.Sample.Sessions
{
    internal class Session
    {
        public static readonly int Count = 1;

        public static void Wake()
        {
        }

        internal sealed class Inside;
    }

    internal interface ISessionMark;

    internal sealed class SessionException : Exception;

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class SessionMarkAttribute : Attribute;
}

namespace Dashboard.Broker.Tests.Architecture.Sample.Routing
{
    internal sealed class ByBase : Session;

    internal sealed class ByInterface : ISessionMark;

    [SessionMark]
    internal sealed class ByAttribute;

    internal sealed class ByConstraint<T>
        where T : Session;

    internal sealed class ByField
    {
        public List<Session[]>? Sessions { get; set; }
    }

    internal sealed class ByParameter
    {
        public static void Take(Session? session) => GC.KeepAlive(session);
    }

    internal sealed class ByNestedType
    {
        public static object Make() => new Session.Inside();
    }

    internal sealed class ByCall
    {
        public static void Call() => Session.Wake();
    }

    internal sealed class ByReadingAField
    {
        public static int Read() => Session.Count;
    }

    internal sealed class ByTypeof
    {
        public static string Name() => typeof(Session).Name;
    }

    internal sealed class ByGenericArgument
    {
        public static int Size() => Array.Empty<Session>().Length;
    }

    internal sealed class ByLambda
    {
        public static Told Later(int times) => () =>
        {
            for (var i = 0; i < times; i++)
            {
                Session.Wake();
            }
        };
    }

    internal sealed class ByAwait
    {
        public static async Task Run()
        {
            await Task.Yield();
            Session.Wake();
        }
    }

    internal sealed class ByCatch
    {
        public static void Try(Told told)
        {
            try
            {
                told();
            }
            catch (SessionException)
            {
            }
        }
    }

    internal sealed class AfterASwitch
    {
        public static string Choose(int number)
        {
            switch (number)
            {
                case 0: return "zero";
                case 1: return "one";
                case 2: return "two";
                case 3: return "three";
                default:
                    Session.Wake();
                    return "many";
            }
        }
    }

    internal sealed class ByFacade
    {
        public static object Make() => new MqttBroker();
    }

    /// <summary>The one that is right.</summary>
    internal sealed class Fine
    {
        public static object Make(Told told)
        {
            told();
            return new BrokerOptions();
        }
    }
}

namespace Dashboard.Broker.Tests.Architecture.Sample.Cellar
{
    internal sealed class InAnUnknownRoom
    {
        public static object Make() => new BrokerOptions();
    }
}
