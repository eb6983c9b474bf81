using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Standards.Tests.Code;

/// <summary>Every public type and member of the contract has a sentence in the documentation file.</summary>
internal static class DocumentedRule
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Violations(IEnumerable<Type> types, XDocument documentation)
    {
        var members = documentation.Descendants("member").ToLookup(m => m.Attribute("name")!.Value.Split('(')[0]);
        foreach (var type in types)
        {
            var name = type.FullName!.Replace('+', '.');
            var own = members["T:" + name].SingleOrDefault();
            if (!Says(own))
            {
                yield return $"{name} has no summary.";
            }

            foreach (var member in type.GetMembers(Own).Where(IsWritten))
            {
                var entries = members[$"{Letter(member)}:{name}.{DocumentedName(member)}"];
                if (!entries.Any(Says) && !IsParameterOf(own, member))
                {
                    yield return $"{name}.{member.Name} has no summary.";
                }
            }
        }
    }

    private static bool Says(XElement? entry) =>
        entry is not null && (entry.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(entry.Element("summary")?.Value));

    /// <summary>What a record or class declares in its head is documented there, by <c>param</c>; its constructor by the type's summary.</summary>
    private static bool IsParameterOf(XElement? type, MemberInfo member) => type is not null && (member is ConstructorInfo
        || type.Elements("param").Any(p => p.Attribute("name")?.Value == member.Name));

    private static bool IsWritten(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
        {
            MethodBase method => (method.IsPublic || method.IsFamily) && (method is ConstructorInfo ? !IsDefault((ConstructorInfo)method) : !method.IsSpecialName),
            PropertyInfo property => property.GetMethod is { } get && (get.IsPublic || get.IsFamily) && property.Name != "EqualityContract",
            FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
            _ => false,
        };

    private static bool IsDefault(ConstructorInfo constructor) => constructor.GetParameters().Length == 0 || constructor.DeclaringType!.IsAbstract;

    private static char Letter(MemberInfo member) => member switch { PropertyInfo => 'P', FieldInfo => 'F', _ => 'M' };

    private static string DocumentedName(MemberInfo member) => member switch
    {
        ConstructorInfo => "#ctor",
        MethodInfo { IsGenericMethodDefinition: true } method => $"{method.Name}``{method.GetGenericArguments().Length}",
        _ => member.Name,
    };
}
