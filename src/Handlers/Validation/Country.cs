namespace Flatfile.Agent.Handlers.Validation;

/// <summary>One country or territory of ISO 3166-1.</summary>
/// <param name="Alpha2">Two letters.</param>
/// <param name="Alpha3">Three letters.</param>
/// <param name="Numeric">Three digits.</param>
/// <param name="Name">In English.</param>
public sealed record Country(string Alpha2, string Alpha3, string Numeric, string Name);
