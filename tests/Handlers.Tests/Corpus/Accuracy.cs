namespace Flatfile.Agent.Handlers.Tests.Corpus;

/// <summary>How many files of the corpus are right in a property, and which are not.</summary>
internal sealed class Accuracy(string property, double atLeast)
{
    private readonly List<string> _wrong = [];
    private int _asked;

    public void Count(string file, string? expected, string? actual)
    {
        if (expected is null)
        {
            return;
        }

        _asked++;
        if (expected != actual)
        {
            _wrong.Add($"{file}: expected {expected}, read {actual ?? "nothing"}");
        }
    }

    public void Count(string file, bool right) => Count(file, "right", right ? "right" : "wrong");

    public double Share => _asked == 0 ? 0 : (double)(_asked - _wrong.Count) / _asked;

    public bool IsEnough => Share >= atLeast;

    public override string ToString() => string.Join("\n  ", new[] { $"{property}: {Share:P1} of {_asked} (at least {atLeast:P0})" }.Concat(_wrong));
}
