namespace Kill;

/// <summary>What came of an import under deploys, as one line of JSON.</summary>
internal sealed record DeployReport
{
    public required string Engine { get; init; }

    public required int Deploys { get; init; }

    public required int Rows { get; init; }

    public required long RowsWritten { get; init; }

    public required int RowsDistinct { get; init; }

    public required string Status { get; init; }

    /// <summary>Runs of the job.</summary>
    public required int Runs { get; init; }

    public required int PagesSent { get; init; }

    /// <summary>Pages that were sent more than once; the server takes such a page once.</summary>
    public required int PagesSentAgain { get; init; }

    /// <summary>By how many pages a run began before the end of the one before it.</summary>
    public required int LargestStepBack { get; init; }

    /// <summary>The longest time from the signal to the end of the process, in seconds.</summary>
    public required double SlowestStop { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Every row once, one end, and no run that began much before the end of the one before.</summary>
    public bool KeepsThePromise => Status == "complete" && RowsWritten == Rows && RowsDistinct == Rows && LargestStepBack <= 2;
}
