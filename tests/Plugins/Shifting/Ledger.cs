using Microsoft.Extensions.Options;

namespace Shifting;

/// <summary>Lives as long as this version of the plugin, and tells when it is gone.</summary>
public sealed class Ledger : IDisposable
{
    private readonly Action<string> _tell;
    private readonly byte[] _held;
    private readonly bool _stubborn;

    public Ledger(IOptions<ShiftingSettings> settings, Action<string> tell)
    {
        _tell = tell;
        _held = GC.AllocateUninitializedArray<byte>(settings.Value.Size * 1024 * 1024);
        _stubborn = settings.Value.Stubborn;
        Greeting = settings.Value.Greeting;
        if (settings.Value.Leaky)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        }
    }

    public string Greeting { get; }

    public int Size => _held.Length;

    public void Dispose()
    {
        _tell($"disposed {typeof(Ledger).Assembly.GetName().Version!.Major}");
        if (_stubborn)
        {
            throw new InvalidOperationException("Not without a fight.");
        }
    }
}
