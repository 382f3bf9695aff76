using Dashboard.Broker.Access;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Broker.Storage;

namespace Dashboard.Broker.Connections;

/// <summary>What every connection works with.</summary>
internal sealed record ConnectionServices(
    BrokerOptions Options,
    TopicTable Topics,
    SubscriptionIndex Subscriptions,
    SessionRegistry Sessions,
    MessageDispatcher Dispatcher,
    AccessRules Access,
    AuthenticationMethods Methods,
    ConnectionRegistry Connections,
    IBrokerStore Store,
    OutboxChunkPool Chunks,
    LimitHits Limits,
    MemoryGuard Memory,
    IBrokerObserver Observer,
    TimeProvider Time);
