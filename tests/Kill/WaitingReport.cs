namespace Kill;

/// <summary>What came of kills while many jobs waited, as one line of JSON.</summary>
internal sealed record WaitingReport
{
    public required string Engine { get; init; }

    /// <summary>Jobs that waited for their turn before the first kill.</summary>
    public required long Waiting { get; init; }

    public required int Kills { get; init; }

    /// <summary>Jobs that the killed agents had in hand, all kills together.</summary>
    public required int CutOff { get; init; }

    /// <summary>From a death to the next run of a job that was in hand, in seconds: median, 99th percentile and longest.</summary>
    public required IReadOnlyList<double> Recovery { get; init; }

    /// <summary>Jobs in hand that nobody took up within the patience of the run.</summary>
    public required int Forgotten { get; init; }

    public required double Seconds { get; init; }

    /// <summary>All were taken up, and 99 of 100 within half a minute.</summary>
    public bool KeepsThePromise => Forgotten == 0 && Recovery is [_, < 30, _];
}
