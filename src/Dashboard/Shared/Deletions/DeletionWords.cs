using Dashboard.Broker;

namespace Dashboard.Shared.Deletions;

/// <summary>What was deleted and what came back, in words.</summary>
internal static class DeletionWords
{
    public static string Deleted(Deletion deletion)
    {
        var words = deletion.Messages.Count switch
        {
            0 when deletion.Protected > 0 && deletion.Messages.Missed == 0 => Texts.Shared_DeletedProtected,
            0 => Texts.Shared_DeletedNothing,
            1 when !deletion.Filter.AsSpan().ContainsAny('+', '#') => Texts.Shared_Deleted.With(deletion.Filter),
            var count => Texts.Shared_DeletedOf.With(Format.Messages(count), deletion.Filter),
        };
        words += deletion.Messages is { Count: > 0, Missed: > 0 } ? $"; {Texts.Shared_DeletedMissed.With(Format.Count(deletion.Messages.Missed))}" : "";
        words += deletion is { Protected: > 0, Messages.Count: > 0 } ? $"; {Texts.Shared_DeletedLess.With(Format.Count(deletion.Protected))}" : "";
        words += deletion.Messages is { Count: > 0, CanRestore: false } ? $"; {Texts.Shared_DeletedForGood}" : "";
        words += deletion.GivenUp > 0 ? $"; {Texts.Shared_DeletedGivenUp.With(Format.Count(deletion.GivenUp))}" : "";
        return words;
    }

    /// <summary>What the button that puts a deletion back says: how many, and for how long it can.</summary>
    public static string Undo(Deletion deletion, DateTimeOffset now) =>
        Texts.Shared_UndoCount.With(Format.Messages(deletion.Messages.Left), Math.Max(1, Math.Ceiling((deletion.Time + RecentDeletions.HeldFor - now).TotalMinutes)));

    public static string Restored(RestoredRetained? restored)
    {
        if (restored is null)
        {
            return Texts.Shared_PutBackNothing;
        }

        var words = Texts.Shared_PutBack.With(Format.Messages(restored.Stored));
        words += restored.Newer > 0 ? $"; {Texts.Shared_PutBackNewer.With(restored.Newer)}" : "";
        words += restored.Expired > 0 ? $"; {Texts.Shared_PutBackExpired.With(restored.Expired)}" : "";
        words += restored.NoRoom > 0 ? $"; {Texts.Shared_PutBackNoRoom.With(restored.NoRoom)}" : "";
        return words + ".";
    }
}
