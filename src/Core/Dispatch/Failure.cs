namespace Flatfile.Agent.Core.Dispatch;

/// <summary>A failed try, as far as the decision about the next one needs to know it.</summary>
/// <param name="Exception">What was thrown.</param>
/// <param name="Attempt">How many tries have failed, this one included.</param>
internal readonly record struct Failure(Exception Exception, int Attempt);
