namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>What a field holds.</summary>
internal enum FieldCastKind
{
    Number,
    Date,
    Boolean,
    Enum,
}
