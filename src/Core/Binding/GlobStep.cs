namespace Flatfile.Agent.Core.Binding;

/// <summary>One step of a compiled glob: what it takes, and where it may go without taking anything.</summary>
internal readonly record struct GlobStep(GlobStepKind Kind, char Character = default, int Target = 0);
