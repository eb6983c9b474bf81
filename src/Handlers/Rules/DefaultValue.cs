using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>What stands in an empty cell of a field: the member <c>default</c> of the field's metadata. The cell says that it was filled.</summary>
internal sealed class DefaultValue(string field, string value)
{
    /// <summary>Null when the field has none.</summary>
    public static DefaultValue? Of(Property field) =>
        field.Metadata?["default"]?.ToString() is { Length: > 0 } value ? new DefaultValue(field.Key, value) : null;

    public void Fill(FlatfileRecord record)
    {
        if (record.Get(field) is null && record.Set(field, value))
        {
            record.AddInfo(field, $"The cell was empty; '{value}' stands in it because the field's blueprint says so.");
        }
    }
}
