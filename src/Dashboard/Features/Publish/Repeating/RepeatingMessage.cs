using System.Text;
using Dashboard.Broker;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>A draft whose topic, and whose payload when it is written as text, are templates.</summary>
internal sealed class RepeatingMessage
{
    private readonly MessageDraft _draft;
    private readonly Template _topic;
    private readonly Template? _payload;
    private readonly PublishRequest _request;

    private RepeatingMessage(MessageDraft draft, Template topic, Template? payload)
    {
        _draft = draft;
        _topic = topic;
        _payload = payload;
        _request = draft.ToRequest();
    }

    /// <summary>Null with the error when a template cannot be read or a message that it makes could not be sent.</summary>
    public static RepeatingMessage? Read(MessageDraft draft, TemplateMoment moment, out string? error)
    {
        var isText = draft.Notation is PayloadNotation.Text or PayloadNotation.Json;
        var topic = Template.Read(draft.Topic, out error);
        var payload = topic is not null && isText ? Template.Read(draft.Payload, out error) : null;
        if (topic is null || (isText && payload is null))
        {
            return null;
        }

        var first = new MessageDraft { Topic = topic.Fill(moment) };
        error = first.TopicError ?? draft.PayloadText.Error ?? draft.FirstPropertyError;
        return error is null ? new RepeatingMessage(draft, topic, payload) : null;
    }

    public PublishRequest Fill(TemplateMoment moment) => _payload is null
        ? _request with { Topic = _topic.Fill(moment) }
        : _request with { Topic = _topic.Fill(moment), Payload = Encoding.UTF8.GetBytes(_payload.Fill(moment)) };

    /// <summary>The message as it would be written by hand at that moment.</summary>
    public MessageDraft Preview(TemplateMoment moment) =>
        _draft with { Topic = _topic.Fill(moment), Payload = _payload?.Fill(moment) ?? _draft.Payload };
}
