namespace History.Tests.Checking;

/// <summary>One dead letter, as far as the checker looks.</summary>
internal sealed record GivenUp(string Event, string Handler);
