namespace Standards.Tests.Floors;

public sealed class FloorTests
{
    [Fact]
    public void EveryProjectFileRefersOnlyToFloorsBelow() => Assert.Empty(FloorPlan.Violations(Repository.Projects()));

    [Fact]
    public void EveryCompiledAssemblyRefersOnlyToFloorsBelow()
    {
        var projects = Repository.Projects().ToList();
        var names = projects.ToDictionary(p => p.Assembly, p => p.Name);
        var compiled = projects
            .Select(p => (Project: p, Path: Path.Combine(AppContext.BaseDirectory, p.Assembly + ".dll")))
            .Where(p => File.Exists(p.Path))
            .Select(p => CompiledReferences.AsCompiled(p.Project, names, p.Path))
            .ToList();

        Assert.Contains(compiled, p => p.Name == "AgentHost" && p.RefersTo.Count > 0);
        Assert.Empty(FloorPlan.Violations(compiled));
    }

    [Fact]
    public void AHandlerProjectThatRefersToTheMachineIsFound() =>
        Assert.Equal(["Handlers refers to Core; it may refer to Abstractions, Api."],
            FloorPlan.Violations([Sample("Handlers", "src/Handlers", "Abstractions", "Core")]));

    [Fact]
    public void ALocalServerThatKnowsTheAgentIsFound() =>
        Assert.Single(FloorPlan.Violations([Sample("Spaces", "src/Spaces", "Api", "Abstractions")]));

    [Fact]
    public void AGroundProjectThatRefersToAnotherIsFound() =>
        Assert.Equal(["Api refers to Abstractions; it may refer to none of ours."],
            FloorPlan.Violations([Sample("Api", "src/Api", "Abstractions")]));

    [Fact]
    public void APluginThatRefersToSqliteIsFound() =>
        Assert.Single(FloorPlan.Violations([Sample("OurAirports", "plugins/OurAirports", "Sqlite")]));

    [Fact]
    public void AProjectWithoutAFloorIsFound() =>
        Assert.Single(FloorPlan.Violations([Sample("Penthouse", "src/Penthouse")]));

    [Fact]
    public void AnAssemblyCompiledAgainstTheRoofIsFound()
    {
        var own = typeof(FloorTests).Assembly.Location;
        var names = new Dictionary<string, string> { ["xunit.core"] = "AgentHost" };
        var sample = CompiledReferences.AsCompiled(Sample("Core", "src/Core"), names, own);

        Assert.Single(FloorPlan.Violations([sample]));
    }

    private static Project Sample(string name, string folder, params string[] refersTo) => new(name, folder, name, name, refersTo);
}
