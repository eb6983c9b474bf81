namespace Flatfile.Spaces.Records;

/// <summary>What an insert made: rows <paramref name="First"/> and the <paramref name="Count"/> - 1 after it.</summary>
internal readonly record struct InsertResult(long First, int Count)
{
    public long Last => First + Count - 1;
}
