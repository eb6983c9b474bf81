namespace ClashLib;

/// <summary>Says which edition it is of.</summary>
public static class Edition
{
    public const string Text = "1";

    public static string Spoken() => "edition 1";
}
