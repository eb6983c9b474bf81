using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;

namespace Flatfile.Spaces.Auth;

/// <summary>The one place that decides who may do what.</summary>
internal static class Authorization
{
    /// <summary>Refuses with 403 what the caller may do nowhere, before anything is looked up: the answer tells nothing of what exists.</summary>
    public static void Check(Principal caller, Operation? operation)
    {
        if (operation is not null && caller.Right < operation.Right)
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", $"{operation.Name} asks for the right '{Name(operation.Right)}'; this key has '{Name(caller.Right)}'."));
        }
    }

#pragma warning disable CA1308 // The table writes rights in lower case.
    private static string Name(Right right) => right.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
