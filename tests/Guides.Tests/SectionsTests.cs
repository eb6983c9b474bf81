using System.Reflection;

namespace Guides.Tests;

/// <summary>No section of the guides without its tests.</summary>
public sealed class SectionsTests
{
    [Fact]
    public void Every_section_of_the_guides_has_a_test_class_of_its_name()
    {
        var classes = Assembly.GetExecutingAssembly().GetTypes().Where(type => type.IsPublic).Select(type => $"{type.Namespace}.{type.Name}").ToHashSet(StringComparer.OrdinalIgnoreCase);

        var without = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "sections.txt"))
            .Select(line => line.Split('|'))
            .Where(section => !classes.Contains($"Guides.Tests.{section[0]}.{string.Concat(section[1].Where(char.IsLetter))}"))
            .Select(section => string.Join(": ", section));

        Assert.Empty(without);
    }
}
