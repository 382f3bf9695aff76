using Dashboard.Features.Publish.Kept;
using Dashboard.Hosting;
using Dashboard.Shared;

namespace Dashboard.Features.Publish.Saved;

internal static class SavedWords
{
    /// <summary>Why a change was not made, or is not on the disk; null when all is well.</summary>
    public static string? Of(ChangeOutcome outcome, SavedMessages messages, DashboardOptions options) => outcome switch
    {
        ChangeOutcome.Done => messages.Failure is { } failure ? Texts.Publish_NotOnDisk.With(failure) : null,
        ChangeOutcome.Full => Texts.Publish_SavedFull.With(options.MaxSavedMessages),
        ChangeOutcome.TooLarge => Texts.Publish_KeptTooLarge.With(Format.Bytes(SavedMessages.MaxSize), Format.Bytes(SavedMessages.MaxTotalSize)),
        ChangeOutcome.Gone => Texts.Publish_GoneMeanwhile,
        _ => Texts.Publish_ChangedMeanwhile,
    };
}
