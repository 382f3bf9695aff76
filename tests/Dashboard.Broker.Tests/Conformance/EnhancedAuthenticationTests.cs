using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>Enhanced authentication (section 4.12), with a method that asks for a proof of a shared secret.</summary>
public sealed class EnhancedAuthenticationTests : BrokerTest
{
    private readonly ChallengeMethod _method = new();

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<IEnhancedAuthentication>(_method);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Statement("5.0", "MQTT-3.15.2-1", "MQTT-4.12.0-2", "MQTT-4.12.0-5")]
    public async Task A_client_that_proves_itself_is_let_in_and_sees_the_servers_proof(bool takesTime)
    {
        _method.TakesTime = takesTime;
        var client = await OpenAsync();
        var challenge = await BeginAsync(client);
        Assert.Equal((ReasonCode.ContinueAuthentication, ChallengeMethod.Name), (challenge.Reason, challenge.Properties!.AuthenticationMethod));
        await client.SendAsync(Proof(challenge));
        var answer = await client.ExpectAsync<ConnAckPacket>();
        Assert.Equal((ReasonCode.Success, ChallengeMethod.Name), (answer.Reason, answer.Properties!.AuthenticationMethod));
        Assert.Equal(ChallengeMethod.Prove("server", challenge.Properties.AuthenticationData!), answer.Properties.AuthenticationData);
        Assert.Equal(new AuthenticationRequest("c", "anna", _method.Last!.Address, IsAgain: false), _method.Last);
        await client.SubscribeAsync("a");
        await client.SendAsync(Message("a"));
        await client.ExpectMessageAsync("a", "hi");
    }

    [Fact]
    public async Task Who_leaves_instead_of_proving_itself_sent_its_connect_whole()
    {
        var client = await OpenAsync();
        await BeginAsync(client);
        client.FinishSending();
        await client.ExpectClosedAsync();

        var log = Host.Service<ClientEventLog>();
        await Eventually.Holds(() => log.Count > 0, () => "no event");
        Assert.Contains("before its CONNECT was answered", Assert.Single(log.Newest(10)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Statement("5.0", "MQTT-4.12.0-4", "MQTT-3.1.4-2")]
    public async Task A_client_that_cannot_prove_itself_is_refused(bool takesTime)
    {
        _method.TakesTime = takesTime;
        var client = await OpenAsync();
        await BeginAsync(client);
        await client.SendAsync(Auth(ReasonCode.ContinueAuthentication, [1, 2, 3]));
        var answer = await client.ExpectAsync<ConnAckPacket>();
        Assert.Equal((ReasonCode.NotAuthorized, "the proof is wrong"), (answer.Reason, answer.Properties!.ReasonString));
        client.FinishSending();
        await client.ExpectClosedAsync();
        Assert.Equal(0, Host.Broker.Sessions.Count);
    }

    [Fact]
    [Statement("5.0", "MQTT-4.12.0-1")]
    public async Task An_unknown_method_is_refused()
    {
        var client = await OpenAsync();
        await client.SendAsync(Connect() with { Properties = new Properties { AuthenticationMethod = "challenge" } });
        Assert.Equal(ReasonCode.BadAuthenticationMethod, (await client.ExpectAsync<ConnAckPacket>()).Reason);
    }

    [Theory]
    [InlineData("another method", ReasonCode.BadAuthenticationMethod)]
    [InlineData("re-authenticate", ReasonCode.ProtocolError)]
    [InlineData("success", ReasonCode.ProtocolError)]
    [InlineData("subscribe", ReasonCode.ProtocolError)]
    [InlineData("connect", ReasonCode.ProtocolError)]
    [InlineData("flags", ReasonCode.MalformedPacket)]
    [Statement("5.0", "MQTT-3.15.1-1", "MQTT-4.12.0-5")]
    public async Task Before_its_connack_a_client_sends_nothing_but_what_the_exchange_asks_for(string what, ReasonCode expected)
    {
        var client = await OpenAsync();
        var challenge = await BeginAsync(client);
        var proof = ChallengeMethod.Prove("client", challenge.Properties!.AuthenticationData!);
        var packet = what switch
        {
            "another method" => Wire.Encode(ProtocolVersion.V500, new AuthPacket(ReasonCode.ContinueAuthentication, new Properties { AuthenticationMethod = "OTHER", AuthenticationData = proof })),
            "re-authenticate" => Wire.Encode(ProtocolVersion.V500, Auth(ReasonCode.ReAuthenticate, proof)),
            "success" => Wire.Encode(ProtocolVersion.V500, Auth(ReasonCode.Success, proof)),
            "subscribe" => Wire.Encode(ProtocolVersion.V500, new SubscribePacket(1, [new("a")])),
            "connect" => Wire.Encode(ProtocolVersion.V500, Connect()),
            _ => [0xF1, 0x00],
        };
        await client.SendBytesAsync(packet);
        Assert.Equal(expected, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        client.FinishSending();
        await client.ExpectClosedAsync();
        Assert.Equal((0, 0), (Host.Broker.Sessions.Count, Host.Broker.Subscriptions.Count));
    }

    [Fact]
    public async Task A_client_may_leave_before_its_connack()
    {
        var client = await OpenAsync();
        await BeginAsync(client);
        await client.SendAsync(new DisconnectPacket());
        await client.ExpectClosedAsync();
        await Eventually.Holds(() => Host.Service<ClientEventLog>().Newest(1).Any(one => one.Message == "Refused: it left before its authentication was complete"), () => "it is told");
    }

    [Fact]
    public async Task An_exchange_has_as_long_as_a_connect()
    {
        var client = await OpenAsync();
        await BeginAsync(client);
        Host.Pass(TimeSpan.FromSeconds(11));
        Assert.Equal(ReasonCode.NotAuthorized, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        client.FinishSending();
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_method_that_does_not_answer_in_time_leaves_nothing_behind()
    {
        _method.Gate = new TaskCompletionSource();
        var client = await OpenAsync();
        await client.SendAsync(Connect());
        await Eventually.Holds(() => _method.Last is not null, () => "the method is asked");
        Host.Pass(TimeSpan.FromSeconds(11));
        Assert.Equal(ReasonCode.NotAuthorized, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        client.FinishSending();
        await client.ExpectClosedAsync();
        _method.Gate.SetResult();
        Assert.Equal((0, 0), (Host.Broker.Sessions.Count, Host.Broker.Sessions.Connected));
    }

    [Fact]
    public async Task What_a_client_sends_while_the_method_thinks_is_not_lost()
    {
        _method.Gate = new TaskCompletionSource();
        var client = await OpenAsync();
        await client.SendAsync(Connect(), Auth(ReasonCode.ContinueAuthentication, [1]));
        await Eventually.Holds(() => _method.Asked > 0, () => "the method is asked");
        await AllIsReadAsync();
        _method.Gate.SetResult();
        await client.ExpectAsync<AuthPacket>();
        Assert.Equal(ReasonCode.NotAuthorized, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        Assert.Equal((2, 1), (_method.Asked, _method.MostAtOnce));
    }

    [Fact]
    public async Task What_a_connected_client_sends_while_the_method_thinks_waits_its_turn()
    {
        var client = await ConnectedAsync();
        await client.SubscribeAsync("a");
        _method.Gate = new TaskCompletionSource();
        await client.SendAsync(Auth(ReasonCode.ReAuthenticate, null), Message("a"), PacketType.PingReq);
        await Eventually.Holds(() => _method.Last!.IsAgain && _method.Asked > 2, () => "the method is asked");
        await AllIsReadAsync();
        _method.Gate.SetResult();
        await client.ExpectAsync<AuthPacket>();
        await client.ExpectMessageAsync("a", "hi");
        Assert.Equal(PacketType.PingResp, await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_client_that_vanishes_while_the_method_thinks_leaves_nothing_behind()
    {
        _method.Gate = new TaskCompletionSource();
        var client = await OpenAsync();
        await client.SendAsync(Connect());
        await Eventually.Holds(() => _method.Last is not null, () => "the method is asked");
        client.Abort();
        _method.Gate.SetResult();
        await Eventually.Holds(() => Host.Broker.Connections.Count == 0, () => "the connection has ended");
        Assert.Equal((0, 0), (Host.Broker.Sessions.Count, Host.Broker.Sessions.Connected));
    }

    [Fact]
    public async Task A_client_that_vanishes_while_the_method_lets_it_in_leaves_nothing_behind()
    {
        var client = await OpenAsync();
        var challenge = await BeginAsync(client);
        _method.Gate = new TaskCompletionSource();
        await client.SendAsync(Proof(challenge));
        await Eventually.Holds(() => _method.Asked == 2, () => "the method is asked");
        client.Abort();
        _method.Gate.SetResult();
        await Eventually.Holds(() => Host.Broker.Connections.Count == 0 && Host.Broker.Sessions.Count == 0, () => "it leaves a session behind");
        Assert.Equal(0, Host.Broker.Sessions.Connected);
    }

    [Theory]
    [InlineData(MethodTrouble.AtTheStart, false)]
    [InlineData(MethodTrouble.InTheExchange, false)]
    [InlineData(MethodTrouble.InTheExchange, true)]
    public async Task A_method_that_throws_refuses_this_client_only(MethodTrouble trouble, bool takesTime)
    {
        (_method.Throws, _method.TakesTime) = (trouble, takesTime);
        var client = await OpenAsync();
        await client.SendAsync(Connect());
        var answer = await client.ExpectAsync<ConnAckPacket>();
        Assert.Equal((ReasonCode.UnspecifiedError, "the authentication method failed with InvalidOperationException"), (answer.Reason, answer.Properties!.ReasonString));
        client.FinishSending();
        await client.ExpectClosedAsync();
        _method.Throws = MethodTrouble.None;
        await ConnectedAsync();
    }

    [Fact]
    public async Task A_method_that_throws_when_a_client_authenticates_again_closes_its_connection()
    {
        var client = await ConnectedAsync();
        _method.Throws = MethodTrouble.InTheExchange;
        await client.SendAsync(Auth(ReasonCode.ReAuthenticate, null));
        await client.ExpectClosedAsync(ReasonCode.UnspecifiedError);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connected_client_may_authenticate_again_and_goes_on_meanwhile(bool takesTime)
    {
        var client = await ConnectedAsync();
        _method.TakesTime = takesTime;
        await client.SendAsync(Auth(ReasonCode.ReAuthenticate, null));
        var challenge = await client.ExpectAsync<AuthPacket>();
        Assert.Equal(ReasonCode.ContinueAuthentication, challenge.Reason);
        Assert.True(_method.Last!.IsAgain);
        await client.ExpectNothingAsync();
        await client.SendAsync(Proof(challenge));
        var done = await client.ExpectAsync<AuthPacket>();
        Assert.Equal((ReasonCode.Success, ChallengeMethod.Name), (done.Reason, done.Properties!.AuthenticationMethod));
        Assert.Equal(ChallengeMethod.Prove("server", challenge.Properties!.AuthenticationData!), done.Properties.AuthenticationData);
        Host.Pass(TimeSpan.FromSeconds(60));
        await client.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("wrong proof", ReasonCode.NotAuthorized)]
    [InlineData("another method", ReasonCode.BadAuthenticationMethod)]
    [InlineData("twice", ReasonCode.ProtocolError)]
    [InlineData("too late", ReasonCode.NotAuthorized)]
    [Statement("5.0", "MQTT-4.12.1-2")]
    public async Task A_failed_re_authentication_closes_the_connection(string how, ReasonCode expected)
    {
        var client = await ConnectedAsync();
        await client.SendAsync(Auth(ReasonCode.ReAuthenticate, null));
        await client.ExpectAsync<AuthPacket>();
        switch (how)
        {
            case "wrong proof":
                await client.SendAsync(Auth(ReasonCode.ContinueAuthentication, [9]));
                break;
            case "another method":
                await client.SendAsync(new AuthPacket(ReasonCode.ContinueAuthentication, new Properties { AuthenticationMethod = "OTHER" }));
                break;
            case "twice":
                await client.SendAsync(Auth(ReasonCode.ReAuthenticate, null));
                break;
            default:
                Host.Pass(TimeSpan.FromSeconds(11));
                break;
        }

        await client.ExpectClosedAsync(expected);
    }

    [Fact]
    public async Task An_answer_out_of_turn_is_a_protocol_error()
    {
        var client = await ConnectedAsync();
        await client.SendAsync(Auth(ReasonCode.ContinueAuthentication, [1]));
        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    [Statement("5.0", "MQTT-4.12.0-6", "MQTT-4.12.0-7")]
    public async Task A_client_that_names_no_method_is_asked_for_nothing_and_may_not_begin()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "plain");
        Assert.Null(client.ConnAck.Properties?.AuthenticationMethod);
        await client.SendAsync(Auth(ReasonCode.ReAuthenticate, null));
        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.15.2-2", "MQTT-3.15.2-3")]
    public async Task Auth_has_nothing_that_makes_it_larger_than_a_client_takes()
    {
        var client = await OpenAsync();
        await client.SendAsync(Connect(size: 35));
        var challenge = await client.ExpectAsync<AuthPacket>();
        Assert.Equal((null, null), (challenge.Properties!.ReasonString, challenge.Properties.UserProperties));
        client = await OpenAsync();
        await client.SendAsync(Connect(size: 34));
        Assert.Equal(ReasonCode.PacketTooLarge, (await client.ExpectAsync<ConnAckPacket>()).Reason);
    }

    /// <summary>One thread reads for all: another client's ping is answered behind what came before it.</summary>
    private async Task AllIsReadAsync() => await (await ConnectAsync(ProtocolVersion.V500, "other")).ExpectNothingAsync();

    private static ConnectPacket Connect(uint? size = null) => new()
    {
        ClientId = "c",
        UserName = "anna",
        Properties = new Properties { AuthenticationMethod = ChallengeMethod.Name, MaximumPacketSize = size },
    };

    private static AuthPacket Auth(ReasonCode reason, byte[]? data) =>
        new(reason, new Properties { AuthenticationMethod = ChallengeMethod.Name, AuthenticationData = data });

    private static AuthPacket Proof(AuthPacket challenge) =>
        Auth(ReasonCode.ContinueAuthentication, ChallengeMethod.Prove("client", challenge.Properties!.AuthenticationData!));

    private static async Task<AuthPacket> BeginAsync(RawClient client)
    {
        await client.SendAsync(Connect());
        return await client.ExpectAsync<AuthPacket>();
    }

    private async Task<RawClient> ConnectedAsync()
    {
        var client = await OpenAsync();
        await client.SendAsync(Proof(await BeginAsync(client)));
        Assert.Equal(ReasonCode.Success, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        return client;
    }
}
