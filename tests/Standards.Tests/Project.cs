namespace Standards.Tests;

/// <summary>A project as the rules see it.</summary>
public sealed record Project(string Name, string Folder, string Assembly, string RootNamespace, IReadOnlyList<string> RefersTo);
