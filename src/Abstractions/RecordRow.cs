namespace Flatfile.Agent;

/// <summary>One row in the hands of a <see cref="RecordHook{T}"/>: its typed values, and the place of its messages.</summary>
/// <typeparam name="T">The class of the sheet's rows.</typeparam>
public sealed class RecordRow<T>
    where T : class, ISheetRecord<T>
{
    private readonly T _before;

    internal RecordRow(FlatfileRecord record)
    {
        Record = record;
        _before = T.Read(record);
        Values = T.Read(record);
    }

    /// <summary>The values. What is changed here is written back; the rest stays as it is, also what no property could hold.</summary>
    public T Values { get; }

    /// <summary>The row beneath, for fields that the class does not know, and for metadata and locks.</summary>
    public FlatfileRecord Record { get; }

    /// <summary>Marks a cell as invalid, with the reason.</summary>
    /// <param name="field">The field's key, such as <c>Navaid.Keys.Latitude</c>.</param>
    /// <param name="message">What a person reads.</param>
    public void AddError(string field, string message) => Record.AddError(field, message);

    /// <summary>Marks a cell as doubtful, with the reason.</summary>
    /// <param name="field">The field's key.</param>
    /// <param name="message">What a person reads.</param>
    public void AddWarning(string field, string message) => Record.AddWarning(field, message);

    /// <summary>Adds a remark to a cell.</summary>
    /// <param name="field">The field's key.</param>
    /// <param name="message">What a person reads.</param>
    public void AddInfo(string field, string message) => Record.AddInfo(field, message);

    internal void WriteChanges() => T.WriteChanges(_before, Values, Record);
}
