namespace Standards.Tests;

/// <summary>A file as the rules see it: its path relative to the root, and its text.</summary>
public sealed record SourceFile(string Path, string Text);
