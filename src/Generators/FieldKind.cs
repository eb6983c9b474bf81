namespace Flatfile.Agent.Generators;

/// <summary>How a property's values are read and written.</summary>
internal enum FieldKind
{
    Text,
    Number,
    Truth,
    Date,
    Enum,
    Texts,
}
