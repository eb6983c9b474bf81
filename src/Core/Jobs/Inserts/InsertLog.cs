namespace Flatfile.Agent.Core.Jobs.Inserts;

/// <summary>The inserts of a job.</summary>
/// <param name="Sent">How many there were.</param>
/// <param name="Done">Those whose rows are in, the newest last; old ones are forgotten.</param>
/// <param name="Open">Those whose outcome is not known, one for a sheet at most.</param>
internal sealed record InsertLog(int Sent, IReadOnlyList<DoneInsert> Done, IReadOnlyList<InsertIntent> Open)
{
    private const int Kept = 1_000;

    /// <summary>The same with an insert no longer open; as done, when one is given.</summary>
    public InsertLog Close(InsertIntent intent, DoneInsert? done) => this with
    {
        Open = [.. Open.Where(i => i.Number != intent.Number)],
        Done = done is null ? Done : [.. Done.TakeLast(Kept - 1), done],
    };

    /// <summary>The handler has saved how far it is: a later run goes on behind all that is done.</summary>
    public InsertLog Cover() => this with { Done = [.. Done.Select(d => d with { IsCovered = true })] };
}
