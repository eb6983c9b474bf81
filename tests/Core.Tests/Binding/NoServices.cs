namespace Core.Tests.Binding;

/// <summary>A scope that offers nothing.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static readonly NoServices Instance = new();

    public object? GetService(Type serviceType) => null;
}
