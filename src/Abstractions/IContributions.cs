namespace Flatfile.Agent;

/// <summary>Everything the loaded plugins contribute of one kind, such as record hooks or blueprints, made for this scope.</summary>
/// <typeparam name="T">An abstract class or interface that plugins implement.</typeparam>
public interface IContributions<out T> where T : class
{
    /// <summary>In plugin order, then type name order.</summary>
    IReadOnlyList<T> All { get; }
}
