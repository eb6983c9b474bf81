using System.Runtime.CompilerServices;

namespace Standards.Tests.Code;

/// <summary>A class that nobody outside sees and nobody derives from is sealed.</summary>
internal static class SealedRule
{
    public static IEnumerable<string> Violations(IReadOnlyCollection<Type> types)
    {
        var bases = types.Select(t => t.BaseType is { IsGenericType: true } b ? b.GetGenericTypeDefinition() : t.BaseType).ToHashSet();
        return types
            .Where(t => t.IsClass && !t.IsSealed && !t.IsAbstract && !t.IsVisible && !bases.Contains(t) && !IsGenerated(t))
            .Select(t => $"{t.FullName} is not sealed.");
    }

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), false)
        || type.Name.Contains('<', StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}
