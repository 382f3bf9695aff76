using System.Security.Cryptography;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>Where the method fails.</summary>
public enum MethodTrouble
{
    None,
    AtTheStart,
    InTheExchange,
}

/// <summary>Both sides prove that they know a secret by a keyed hash of what the server made up.</summary>
internal sealed class ChallengeMethod : IEnhancedAuthentication
{
    public const string Name = "CHALLENGE";

    public string Method => Name;

    public bool TakesTime { get; set; }

    public MethodTrouble Throws { get; set; }

    /// <summary>How often a client was heard.</summary>
    public int Asked { get; private set; }

    /// <summary>How many answers it owed at one time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>What the method waits for, when it is set.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public AuthenticationRequest? Last { get; private set; }

    public static byte[] Prove(string side, byte[] challenge) => HMACSHA256.HashData(Wire.Utf8("secret of " + side), challenge);

    public IAuthenticationExchange Begin(AuthenticationRequest request)
    {
        Last = request;
        ThrowIf(MethodTrouble.AtTheStart);
        return new Exchange(this);
    }

    private void ThrowIf(MethodTrouble trouble)
    {
        if (Throws == trouble)
        {
            throw new InvalidOperationException();
        }
    }

    private sealed class Exchange(ChallengeMethod method) : IAuthenticationExchange
    {
        private byte[]? _challenge;

        private int _owed;

        public async ValueTask<AuthenticationAnswer> ContinueAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            method.Asked++;
            method.MostAtOnce = Math.Max(method.MostAtOnce, ++_owed);
            try
            {
                return await AnswerAsync(data);
            }
            finally
            {
                _owed--;
            }
        }

        private async ValueTask<AuthenticationAnswer> AnswerAsync(ReadOnlyMemory<byte> data)
        {
            if (method.TakesTime)
            {
                await Task.Yield();
            }

            if (method.Gate is { } gate)
            {
                await gate.Task;
            }

            method.ThrowIf(MethodTrouble.InTheExchange);

            if (_challenge is null)
            {
                return AuthenticationAnswer.Continue(_challenge = RandomNumberGenerator.GetBytes(16));
            }

            return CryptographicOperations.FixedTimeEquals(Prove("client", _challenge), data.Span)
                ? AuthenticationAnswer.Success(Prove("server", _challenge))
                : AuthenticationAnswer.Refuse("the proof is wrong");
        }
    }
}
