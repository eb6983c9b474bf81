namespace Flatfile.Spaces.Records;

/// <summary>What one value of a field is; whether the field takes a list of them stands beside it.</summary>
internal enum FieldKind
{
    Text,
    Number,
    Boolean,
    Date,
    Enum,
    Reference,
}
