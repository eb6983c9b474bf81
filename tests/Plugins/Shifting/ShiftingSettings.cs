namespace Shifting;

/// <summary>The plugin's section of the settings.</summary>
public sealed class ShiftingSettings
{
    public string Greeting { get; set; } = string.Empty;

    public bool Leaky { get; set; }

    public bool Stubborn { get; set; }

    public int Size { get; set; }
}
