using System.Reflection;
using Flatfile.Agent.Core.Plugins.Manifest;
using Flatfile.Agent.Core.Plugins.Swap;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Loads one plugin: checks its files, then its settings, then tries its classes. Never throws for a bad one: its status says why.</summary>
internal sealed class PluginOpener(IServiceProvider root, IOptions<PluginOptions> options, TimeProvider time)
{
    /// <summary>The status of a plugin of which nothing has been looked at yet.</summary>
    public static PluginStatus Start(PluginCandidate candidate) => new()
    {
        Name = candidate.Name,
        Folder = candidate.Folder,
        Version = candidate.Assembly?.GetName().Version?.ToString(),
        State = PluginState.Loaded,
    };

    /// <param name="candidate">What claims to be a plugin.</param>
    /// <param name="files">Where its files are taken from when that is not its folder.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<LoadedPlugin> OpenAsync(PluginCandidate candidate, string? files, CancellationToken cancellationToken)
    {
        var status = Start(candidate);
        PluginReader? reader = null;
        PluginLoadContext? context = null;
        var loaded = LoadedPlugin.Refused(status, "It was not read.");
        try
        {
            var folder = files ?? candidate.Folder;
            var manifest = folder is null ? new PluginManifest() : Check(candidate.Name, folder, ref status);
            var settings = ReadSettings(candidate.Name, manifest.Settings, ref status);
            var assembly = candidate.Assembly ?? Open(candidate.Name, folder!, ref status, ref context);
            status = status with { Version = manifest.Version ?? status.Version };
            reader = new PluginReader(root, status, context is null ? null : new LivePlugin(candidate.Name, context), settings);

            // On a thread of its own: code of a plugin may never return, and the pool is not its to lose.
            loaded = await Task.Factory.StartNew(() => reader.ReadAsync(assembly), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap().WaitAsync(options.Value.LoadTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (reader is not null)
        {
            loaded = LoadedPlugin.Refused(status,
                $"Its code did not return within {options.Value.LoadTimeout.TotalSeconds:0.#} s while {reader.Step}. Constructors and Configure must not wait for anything.");
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            loaded = LoadedPlugin.Refused(status, PluginFault.Describe(fault));
        }

        if (!loaded.Runs)
        {
            await LetGoAsync(reader?.Live, context).ConfigureAwait(false);
        }

        return loaded;
    }

    /// <summary>Nothing of a refused plugin stays, except a thread of it that never returns.</summary>
    private static async Task LetGoAsync(LivePlugin? live, PluginLoadContext? context)
    {
        if (live is null)
        {
            context?.Unload();
            return;
        }

        // That its services cannot be disposed is no news: it is refused for a better reason.
        await live.LetGoAsync().ConfigureAwait(false);
    }

    private static PluginManifest Check(string name, string folder, ref PluginStatus status)
    {
        FolderContent.List(folder);
        FolderCheck.RefuseWhenWorldWritable(folder);
        var manifest = ManifestReader.Of(name, folder);
        status = status with { Version = manifest.Version, Description = manifest.Description, Warnings = manifest.Warnings };
        var contract = SharedAssemblies.Contract.Values.First(a => a == typeof(IPlugin).Assembly).GetName().Version!;
        return manifest.Contract is not { } range || range.Includes(contract)
            ? manifest
            : throw new PluginRefusedException(
                $"Its {PluginManifest.FileName} says it runs with the contract {range.Written}; this host has {contract.ToString(3)}. "
                + "Take a version of the plugin made for this host, or update the host.");
    }

    private IConfiguration ReadSettings(string name, SettingsSchema? schema, ref PluginStatus status)
    {
        var section = options.Value.Settings?.GetSection(name) ?? (IConfiguration)new ConfigurationBuilder().Build();
        var check = SettingsCheck.Run(schema, section, $"{options.Value.SettingsPath}:{name}");
        status = status with { Warnings = [.. status.Warnings, .. check.Warnings] };
        return check.Faults.Count == 0
            ? check.Settings
            : throw new PluginRefusedException($"Its settings are not right. {string.Join(" ", check.Faults)}");
    }

    private static Assembly Open(string name, string folder, ref PluginStatus status, ref PluginLoadContext? context)
    {
        var file = PluginFile.Read(name, folder);
        status = status with { Sha256 = file.Sha256, Assemblies = FolderCheck.Hashes(folder) };
        context = new PluginLoadContext(name, file.Path);
        var warnings = new List<string>(status.Warnings);
        FolderCheck.WarnOfCopies(folder, warnings);
        var known = context;
        try
        {
            file.Inspect(metadata => ReferenceCheck.Check(metadata, known, warnings));
            FolderCheck.RefuseWhenCutOff(folder);
        }
        finally
        {
            status = status with { Version = status.Version ?? file.Version, Warnings = warnings };
        }

        return context.Load(file.Bytes, file.Path);
    }
}
