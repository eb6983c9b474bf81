namespace Flatfile.Agent.Handlers.Json;

/// <summary>What the records of a table are.</summary>
internal enum JsonShape
{
    /// <summary>Objects: a column per path.</summary>
    Objects,

    /// <summary>Arrays: a column per position; the first may be the header.</summary>
    Arrays,

    /// <summary>Single values: one column.</summary>
    Scalars,
}
