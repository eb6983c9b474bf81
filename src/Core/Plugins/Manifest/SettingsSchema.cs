namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>The settings a plugin knows: a small part of JSON Schema.</summary>
/// <param name="Properties">In the order they are written.</param>
/// <param name="Required">Names that must have a value.</param>
/// <param name="MoreAllowed">False when a setting that is not listed is a fault, by <c>additionalProperties: false</c>; otherwise it is a warning.</param>
internal sealed record SettingsSchema(IReadOnlyDictionary<string, SettingsProperty> Properties, IReadOnlyList<string> Required, bool MoreAllowed);
