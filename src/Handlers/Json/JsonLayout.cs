namespace Flatfile.Agent.Handlers.Json;

/// <summary>How the values of a file stand in it.</summary>
internal enum JsonLayout
{
    /// <summary>One value: an array of records, or an object with arrays of records inside.</summary>
    Document,

    /// <summary>Several values one behind the other, each a record.</summary>
    Values,

    /// <summary>A value on each line, each a record: a broken line does not hurt the others.</summary>
    Lines,
}
