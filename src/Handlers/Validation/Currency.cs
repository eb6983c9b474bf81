namespace Flatfile.Agent.Handlers.Validation;

/// <summary>One currency of ISO 4217.</summary>
/// <param name="Code">Three letters.</param>
/// <param name="Name">In English.</param>
/// <param name="Decimals">Of an amount; null where it has none by nature, such as gold.</param>
/// <param name="Withdrawn">Year and month since when it is no longer valid, <c>2002-03</c>; null while it is.</param>
public sealed record Currency(string Code, string Name, int? Decimals, string? Withdrawn);
