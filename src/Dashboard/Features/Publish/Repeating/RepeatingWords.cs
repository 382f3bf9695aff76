using Dashboard.Broker;
using Dashboard.Shared;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>A repeating publisher as its row says it.</summary>
internal static class RepeatingWords
{
    public static string State(RepeatingPublisher publisher) =>
        publisher.IsDone ? Texts.Publish_Done : publisher.IsPaused ? Texts.Publish_Paused : Texts.Publish_Running;

    public static string Sent(RepeatingPublisher publisher) => publisher.Limit is { } limit
        ? Texts.Publish_SentCountOf.With(Format.Count(publisher.Sent), Format.Count(limit))
        : Texts.Publish_SentCount.With(Format.Count(publisher.Sent));

    public static string? Last(RepeatingState state, DateTimeOffset now) => state is { Last: { } last, Report: { } report }
        ? Texts.Publish_LastWas.With(Format.Ago(now - last), PublishResult.Of(new PublishRequest(state.Publisher.Draft.Topic, default), report, nearMiss: null).Text)
        : null;

    /// <summary>Whole seconds, so that a row does not flicker.</summary>
    public static string Until(TimeSpan time) => time < TimeSpan.FromSeconds(1) ? "1 s" : Format.Duration(TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)));

    public static string Toggle(RepeatingPublisher publisher) =>
        publisher.IsDone ? Texts.Publish_StartAgain : publisher.IsPaused ? Texts.Publish_Resume : Texts.Publish_Pause;

    public static string ToggleLabel(RepeatingPublisher publisher) =>
        (publisher.IsDone ? Texts.Publish_StartAgainTo : publisher.IsPaused ? Texts.Publish_ResumeTo : Texts.Publish_PauseTo).With(publisher.Draft.Topic);
}
