namespace Shifting;

/// <summary>Lives as long as the handling of one event.</summary>
public sealed class Visit(Ledger ledger, Action<string> tell) : IDisposable
{
    public string Name { get; } = $"{ledger.Greeting} from {typeof(Visit).Assembly.GetName().Version!.Major}";

    public void Dispose() => tell($"visited {Name}");
}
