namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>A file of a plugin's folder.</summary>
/// <param name="Relative">Its path inside the folder, with slashes.</param>
/// <param name="Real">Where it really lies.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was last written.</param>
internal readonly record struct FolderFile(string Relative, string Real, long Length, DateTime Modified);
