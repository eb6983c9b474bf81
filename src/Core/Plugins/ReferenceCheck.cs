using System.Reflection;
using System.Reflection.Metadata;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Checks, before anything of a plugin is loaded, that what it was compiled against is what it will find.</summary>
internal static class ReferenceCheck
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <exception cref="PluginRefusedException">A framework is too old, an assembly is missing, or the contract lacks what the plugin uses.</exception>
    public static void Check(MetadataReader reader, PluginLoadContext context, List<string> warnings)
    {
        var missing = new List<string>();
        foreach (var handle in reader.AssemblyReferences)
        {
            var reference = reader.GetAssemblyReference(handle).GetAssemblyName();
            CheckFramework(reference);
            if (!SharedAssemblies.IsInHost(reference.Name!) && context.Locate(reference) is null)
            {
                missing.Add($"{reference.Name} {reference.Version}");
            }
        }

        if (missing.Count > 0)
        {
            throw new PluginRefusedException(
                $"It needs {string.Join(", ", missing)}, which {(missing.Count == 1 ? "is" : "are")} neither in its folder nor part of the host. "
                + "Copy the output of 'dotnet publish' (or set EnableDynamicLoading in the project) so that its dependencies lie beside it.");
        }

        CheckContract(reader, warnings);
    }

    private static void CheckFramework(AssemblyName reference)
    {
        if (SharedAssemblies.IsFramework(reference.Name!)
            && reference.Version is { } wanted
            && SharedAssemblies.VersionInHost(reference.Name!) is { } there
            && wanted > there)
        {
            throw new PluginRefusedException(
                $"It was built for a newer framework: it needs {reference.Name} {wanted}, this host runs .NET {Environment.Version} with {there}. "
                + $"Build the plugin for net{Environment.Version.Major}.{Environment.Version.Minor}, or update the host.");
        }
    }

    private static void CheckContract(MetadataReader reader, List<string> warnings)
    {
        var lacking = Lacking(reader).Distinct(StringComparer.Ordinal).ToList();
        var newer = reader.AssemblyReferences.Select(h => reader.GetAssemblyReference(h).GetAssemblyName())
            .Where(r => SharedAssemblies.Contract.TryGetValue(r.Name!, out var contract) && r.Version > contract.GetName().Version)
            .Select(r => $"{r.Name} {r.Version} (this host has {SharedAssemblies.VersionInHost(r.Name!)})")
            .ToList();
        if (lacking.Count > 0)
        {
            var built = newer.Count > 0 ? $"It was built for {string.Join(" and ", newer)}" : "It was built for another version of the contract";
            var shown = string.Join(", ", lacking.Take(5)) + (lacking.Count > 5 ? $" and {lacking.Count - 5} more" : string.Empty);
            throw new PluginRefusedException(
                $"{built} and uses what is not there: {shown}. Update the host, or build the plugin against the version this host has.");
        }

        if (newer.Count > 0)
        {
            warnings.Add($"Built for {string.Join(" and ", newer)}; everything it uses is there, so it runs.");
        }
    }

    private static IEnumerable<string> Lacking(MetadataReader reader)
    {
        foreach (var handle in reader.TypeReferences)
        {
            if (ContractOf(reader, handle) is { } contract && Find(reader, handle, contract) is null)
            {
                yield return $"the type {NameOf(reader, handle)}";
            }
        }

        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (DeclaringType(reader, member.Parent) is not { } parent
                || ContractOf(reader, parent) is not { } contract
                || Find(reader, parent, contract) is not { } type)
            {
                continue;
            }

            var name = reader.GetString(member.Name);
            var count = member.GetKind() == MemberReferenceKind.Method ? ParameterCount(reader.GetBlobReader(member.Signature)) : (int?)null;
            if (!Has(type, name, count))
            {
                yield return $"{type.Name}.{name}";
            }
        }
    }

    private static bool Has(Type type, string name, int? parameters)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            var members = name == ".ctor" ? at.GetConstructors(Everything) : at.GetMember(name, Everything);
            if (members.Any(m => parameters is null || (m is MethodBase method && method.GetParameters().Length == parameters)))
            {
                return true;
            }
        }

        return false;
    }

    private static int ParameterCount(BlobReader signature)
    {
        if (signature.ReadSignatureHeader().IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadCompressedInteger();
    }

    // The type a member belongs to, also when it is a generic type of which the plugin uses one construction.
    private static TypeReferenceHandle? DeclaringType(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        signature.ReadCompressedInteger();
        var generic = signature.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
    }

    private static Assembly? ContractOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => ContractOf(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => SharedAssemblies.Contract.GetValueOrDefault(
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
            _ => null,
        };
    }

    private static Type? Find(MetadataReader reader, TypeReferenceHandle handle, Assembly contract) =>
        contract.GetType(NameOf(reader, handle), throwOnError: false);

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            return NameOf(reader, (TypeReferenceHandle)type.ResolutionScope) + "+" + name;
        }

        return type.Namespace.IsNil ? name : reader.GetString(type.Namespace) + "." + name;
    }
}
