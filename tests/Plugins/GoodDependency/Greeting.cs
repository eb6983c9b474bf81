namespace GoodDependency;

/// <summary>Something only the plugin's folder has.</summary>
public static class Greeting
{
    public static string For(string name) => $"Hello, {name}.";
}
