namespace Flatfile.Agent;

/// <summary>One thing a doctor's check looked at.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="What">What was found, in a sentence, with the setting or entity it is about.</param>
/// <param name="ToDo">What to do; null when nothing is to be done.</param>
public sealed record DoctorFinding(DoctorLevel Level, string What, string? ToDo = null);
