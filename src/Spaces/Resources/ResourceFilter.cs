using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>One way a list can be narrowed: from a call to a test of bodies, or null when the call does not ask for it.</summary>
internal delegate Func<JsonObject, bool>? ResourceFilter(ApiCall call);
