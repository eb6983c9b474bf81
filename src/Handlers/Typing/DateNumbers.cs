namespace Flatfile.Agent.Handlers.Typing;

/// <summary>The numbers of a date in the order they stand, with how many digits each was written.</summary>
internal readonly record struct DateNumbers(int First, int Second, int Third, int FirstDigits, int SecondDigits, int ThirdDigits);
