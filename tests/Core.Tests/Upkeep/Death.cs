namespace Core.Tests.Upkeep;

/// <summary>Stands for the death of the process: nothing catches it.</summary>
internal sealed class Death() : Exception("The process died.");
