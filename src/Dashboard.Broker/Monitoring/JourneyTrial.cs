namespace Dashboard.Broker.Monitoring;

/// <summary>The question whether any page takes a message whose journey is recorded. Nothing for a message without a journey.</summary>
internal readonly struct JourneyTrial(JourneyLog? log, RecordedJourney? journey)
{
    public bool IsOfJourney => journey is not null;

    /// <summary>One more answer is to come.</summary>
    public void Await()
    {
        if (journey is not null)
        {
            log!.Await(journey);
        }
    }

    /// <summary>A page took the message, or left it.</summary>
    public void Answer(bool isSeen)
    {
        if (journey is not null)
        {
            log!.Answer(journey, isSeen);
        }
    }
}
