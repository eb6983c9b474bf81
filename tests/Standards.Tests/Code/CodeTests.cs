using System.Reflection;
using System.Xml.Linq;
using Flatfile.Agent;

namespace Standards.Tests.Code;

public sealed class CodeTests
{
    private static IReadOnlyList<Assembly> Ours { get; } =
        [.. Repository.Projects()
            .Select(p => Path.Combine(AppContext.BaseDirectory, p.Assembly + ".dll"))
            .Where(File.Exists)
            .Select(Assembly.LoadFrom)];

    [Fact]
    public void InternalClassesAreSealed() => Assert.Empty(Ours.SelectMany(a => SealedRule.Violations(a.GetTypes())));

    [Fact]
    public void AnOpenInternalClassIsFound() =>
        Assert.Equal([typeof(Open).FullName + " is not sealed."], SealedRule.Violations([typeof(Open), typeof(Closed), typeof(Base), typeof(Derived)]));

    [Fact]
    public void NoTypeHasAnEmptyName() => Assert.Empty(NameRule.Violations(Ours.SelectMany(a => a.GetTypes())));

    [Fact]
    public void AnEmptyNameIsFound() => Assert.Single(NameRule.Violations([typeof(SpaceManager), typeof(Closed)]));

    [Fact]
    public void TheContractIsDocumented()
    {
        var contract = typeof(IEventHandler).Assembly;
        var documentation = XDocument.Load(Path.ChangeExtension(contract.Location, ".xml"));

        Assert.Empty(DocumentedRule.Violations(contract.GetExportedTypes(), documentation));
    }

    [Fact]
    public void ATypeOrMemberWithoutASummaryIsFound()
    {
        var documentation = XDocument.Parse($"""
            <doc><members>
              <member name="T:{typeof(Shown).FullName!.Replace('+', '.')}"><summary>Said.</summary></member>
              <member name="M:{typeof(Shown).FullName!.Replace('+', '.')}.Told"><summary>Said.</summary></member>
              <member name="P:{typeof(Shown).FullName!.Replace('+', '.')}.Silent"><summary> </summary></member>
            </members></doc>
            """);

        Assert.Equal(2, DocumentedRule.Violations([typeof(Shown)], documentation).Count());
        Assert.Contains(DocumentedRule.Violations([typeof(Closed)], documentation), v => v.EndsWith("has no summary.", StringComparison.Ordinal));
    }

#pragma warning disable CA1852 // The sample breaks the rule on purpose.
    private class Open;
#pragma warning restore CA1852

    private sealed class Closed;

    private class Base;

    private sealed class Derived : Base;

    private sealed class SpaceManager;

    public sealed class Shown
    {
        public int Silent => 1;

        public void Told() => Undocumented();

        public void Undocumented() => Told();
    }
}
