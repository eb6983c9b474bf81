using System.Text;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;

namespace Core.Tests.Plugins;

/// <summary>Every way in which a plugin can be bad gives one reason that says what, why, and what to do.</summary>
[Trait("Row", "F-22")]
public sealed class BadPluginTests : IDisposable
{
    private readonly PluginsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OneOfZeroBytes()
    {
        _folder.Add("Cut", []);
        await RefusedAsync("Cut.dll is empty (0 bytes); the copy was probably cut off. Copy the plugin again.");
    }

    [Fact]
    public async Task OneThatIsNoAssembly()
    {
        _folder.Add("Text", Encoding.UTF8.GetBytes("id,name\n1,Ada\n"));
        var reason = await ReasonAsync();
        Assert.StartsWith("Text.dll (14 bytes) is not a .NET assembly, or it is damaged: ", reason, StringComparison.Ordinal);
        Assert.EndsWith("Copy the plugin again, or build it for net10.0.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneThatWasCutOff()
    {
        var folder = _folder.Add("Good");
        var path = Path.Combine(folder, "Good.dll");
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        Assert.Contains("damaged", await ReasonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneForANewerFramework()
    {
        _folder.Add("Tomorrow", ForeignAssembly.Referring("Tomorrow", "System.Runtime", new Version(99, 0, 0, 0)));
        var reason = await ReasonAsync();
        Assert.StartsWith("It was built for a newer framework: it needs System.Runtime 99.0.0.0, this host runs .NET 10.", reason, StringComparison.Ordinal);
        Assert.EndsWith("Build the plugin for net10.0, or update the host.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneForANewerContract()
    {
        _folder.Add("OtherVersion");
        await RefusedAsync(
            "It was built for Flatfile.Agent.Abstractions 99.0.0.0 (this host has 0.1.0.0) and uses what is not there: EventContext.get_Tenant. "
            + "Update the host, or build the plugin against the version this host has.");
    }

    [Fact]
    public async Task OneWithoutALibraryItNeeds()
    {
        var folder = _folder.Add("Good");
        File.Delete(Path.Combine(folder, "GoodDependency.dll"));
        await RefusedAsync(
            "It needs GoodDependency 0.1.0.0, which is neither in its folder nor part of the host. Copy the output of 'dotnet publish' "
            + "(or set EnableDynamicLoading in the project) so that its dependencies lie beside it.");
    }

    [Fact]
    public async Task OneThatThrowsInAConstructor()
    {
        _folder.Add("ThrowsInConstructor");
        await RefusedAsync("The constructor of ThrowsInConstructor.Unlicensed throws: InvalidOperationException: There is no licence file.");
    }

    [Fact]
    public async Task AFolderWithoutItsAssembly()
    {
        var folder = _folder.Add("Good");
        File.Move(Path.Combine(folder, "Good.dll"), Path.Combine(folder, "good.dll"));
        await RefusedAsync(
            "The folder has no Good.dll. It holds GoodDependency.dll, good.dll. A plugin's folder and its main assembly must have the same name, capitals included.");
    }

    [Fact]
    public async Task AnEmptyFolder()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "Hollow"));
        await RefusedAsync("The folder has no Hollow.dll. It holds no .dll at all. A plugin's folder and its main assembly must have the same name, capitals included.");
    }

    [Fact]
    public async Task OneWithItsOwnCopyOfTheContractRunsWithAWarning()
    {
        _folder.Add("OwnContract");
        await using var host = PluginHost.Over(_folder);

        var catalog = await host.LoadAsync();

        var status = Assert.Single(catalog.Plugins);
        Assert.Equal(PluginState.Loaded, status.State);
        Assert.Equal(
            "The folder carries its own copy of Flatfile.Agent.Abstractions.dll; the host's is used instead. "
            + "Reference the contract with Private=\"false\" ExcludeAssets=\"runtime\" and delete the copy.",
            Assert.Single(status.Warnings));
        Assert.Equal("OwnContract/OwnContract.Careless", Assert.Single(catalog.Bindings).HandlerId);
    }

    [Fact]
    public async Task OneWithoutHandlersRunsWithAWarning()
    {
        _folder.Add("GoodDependency");
        await using var host = PluginHost.Over(_folder);

        var status = Assert.Single((await host.LoadAsync()).Plugins);

        Assert.Equal(PluginState.Loaded, status.State);
        Assert.StartsWith("It has no handlers", Assert.Single(status.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Good")]
    [InlineData("Good/Good.dll")]
    [InlineData(".")]
    [Trait("Row", "F-26")]
    public async Task OneThatEveryAccountMayReplace(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.Add("Good");
        var open = Path.GetFullPath(Path.Combine(_folder.Path, path));
        File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherWrite);
        await RefusedAsync($"Every account of this machine may write to {open}, so anyone could have put this code there. Run: chmod -R o-w '{open}'");
    }

    [Fact]
    [Trait("Row", "F-23")]
    public async Task OneWhoseConstructorNeverReturns()
    {
        _folder.Add("Good");
        _folder.Add("NeverReturns");
        await using var host = new PluginHost(o =>
        {
            o.Folders.Add(_folder.Path);
            o.LoadTimeout = TimeSpan.FromSeconds(2);
        });

        var plugins = (await host.LoadAsync()).Plugins;

        Assert.Equal(PluginState.Loaded, plugins[0].State);
        Assert.StartsWith("Its code did not return within 2 s while ", plugins[1].Reason, StringComparison.Ordinal);
        Assert.EndsWith("Constructors and Configure must not wait for anything.", plugins[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneWhoseLibraryWasCutOff()
    {
        var path = Path.Combine(_folder.Add("Good"), "GoodDependency.dll");
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..^64]);
        await RefusedAsync($"GoodDependency.dll ({bytes.Length - 64} bytes) is cut off: its own headers speak of more. Copy the plugin again.");
    }

    [Fact]
    public async Task OneWhoseManifestIsNotRight()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Add("Good"), "plugin.json"), "{\n  \"name\": \"Bad\"\n}");
        await RefusedAsync("plugin.json names the plugin 'Bad', but its folder is named 'Good'. Make the two alike.");
    }

    [Fact]
    public async Task OneThatSaysItIsForAnotherContract()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Add("Good"), "plugin.json"), "{ \"contract\": \">=7 <8\" }");
        await RefusedAsync("Its plugin.json says it runs with the contract >=7 <8; this host has 0.1.0. Take a version of the plugin made for this host, or update the host.");
    }

    [Fact]
    [Trait("Row", "F-26")]
    public async Task OneThatIsALinkOutOfThePluginsFolder()
    {
        using var elsewhere = new PluginsFolder();
        var real = elsewhere.Add("Good");
        var link = Path.Combine(_folder.Path, "Good");
        Directory.CreateSymbolicLink(link, real);
        await RefusedAsync($"{link} is a link that leads out of {RealPath.Of(_folder.Path)}. Plugins are loaded from the real folder only: copy the plugin there.");
    }

    [Fact]
    [Trait("Row", "F-26")]
    public async Task OneWithALinkOutOfItsFolder()
    {
        using var elsewhere = new PluginsFolder();
        var real = Path.Combine(elsewhere.Add("Good"), "GoodDependency.dll");
        var link = Path.Combine(_folder.Add("Good"), "GoodDependency.dll");
        File.Delete(link);
        File.CreateSymbolicLink(link, real);
        await RefusedAsync(
            $"GoodDependency.dll is a link to {RealPath.Of(real)}, outside of the plugin's folder. Plugins are loaded from the real folder only: put a copy in place of the link.");
    }

    [Fact]
    [Trait("Row", "F-26")]
    public async Task OneWithLinksInsideItsFolderAndWithoutRightsToWriteRuns()
    {
        var folder = _folder.Add("Good");
        Directory.CreateDirectory(Path.Combine(folder, "..2024"));
        File.Move(Path.Combine(folder, "Good.dll"), Path.Combine(folder, "..2024", "Good.dll"));
        File.CreateSymbolicLink(Path.Combine(folder, "Good.dll"), Path.Combine("..2024", "Good.dll"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await using var host = PluginHost.Over(_folder);
        var status = Assert.Single((await host.LoadAsync()).Plugins);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal((PluginState.Loaded, null), (status.State, status.Reason));
    }

    private async Task RefusedAsync(string reason) => Assert.Equal(reason, await ReasonAsync());

    private async Task<string?> ReasonAsync()
    {
        await using var host = PluginHost.Over(_folder);
        var catalog = await host.LoadAsync();
        var status = Assert.Single(catalog.Plugins);
        Assert.Equal(PluginState.Refused, status.State);
        Assert.Empty(catalog.Bindings);
        return status.Reason;
    }
}
