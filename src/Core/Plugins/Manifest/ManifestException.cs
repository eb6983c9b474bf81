namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>A fault in a <c>plugin.json</c>.</summary>
/// <param name="line">Counted from 1.</param>
/// <param name="what">Goes on after the file's name and the line.</param>
internal sealed class ManifestException(int line, string what) : Exception($"plugin.json, line {line}: {what}");
