namespace Flatfile.Spaces.Records;

/// <summary>What blocks of rows are counted by.</summary>
internal enum BlockMetric
{
    Rows,
    Valid,
    Errors,
}
