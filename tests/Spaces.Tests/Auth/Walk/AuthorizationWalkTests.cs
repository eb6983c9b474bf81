using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth.Walk;

/// <summary>Every operation of the table, by everybody, in every place: one request per cell, and the answer is what the table promises.</summary>
public sealed partial class AuthorizationWalkTests
{
    private const int AtOnce = 4;

    [Fact]
    public async Task EveryCellIsAsTheTablePromises()
    {
        await using var stage = await WalkStage.SetAsync();
        var built = await BuiltAsync(stage);
        var wrong = new ConcurrentBag<string>();
        var walked = 0;
        foreach (var operation in OperationTable.All)
        {
            var recipe = RecipeOf(operation, stage.Places[0]);
            var cells = stage.Places.SelectMany(place => stage.Principals.Select(principal => (place, principal)));
            await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (cell, _) =>
            {
                var (place, principal) = cell;
                var expected = Expected(operation, recipe, principal, place, stage);
                if (expected == 200)
                {
                    place = await FreshAsync(stage, operation, recipe, principal, place);
                }

                var (status, text) = await SendAsync(stage.Server, operation, recipe, principal.Client, place);
                Interlocked.Increment(ref walked);
                var fits = expected == 200
                    ? status is not (401 or 403) && (status != 404 || (recipe.Lacks is { } reason && text.Contains(reason, StringComparison.Ordinal))) && (status < 500 || (status == 501 && !built.Contains(operation.Name)))
                    : status == expected || (status == 501 && !built.Contains(operation.Name) && expected != 401 && principal.MayTry(operation.Right));
                if (!fits)
                {
                    wrong.Add($"{operation.Name} by {principal.Name} in the place '{place.Name}': expected {(expected == 200 ? "to be let in" : expected)}, answered {status} {text[..Math.Min(text.Length, 300)]}");
                }
            });
        }

        Assert.Equal(OperationTable.All.Count * stage.Principals.Count * stage.Places.Count, walked);
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {walked} cells are wrong:\n" + string.Join('\n', wrong.Order().Take(60)));
    }

    /// <summary>Whoever may try an operation learns nothing of what exists where it has nothing to look for.</summary>
    [Fact]
    public async Task WhatIsElsewhereIsAnsweredLikeWhatNeverWas()
    {
        await using var stage = await WalkStage.SetAsync();
        var compared = 0;
        foreach (var principal in stage.Principals.Where(one => one.Name is "secret key" or "user owner" or "guest editor"))
        {
            foreach (var place in stage.Places.Where(one => one.Name != "own"))
            {
                var unknown = place with { Name = "nowhere", Ids = Unknown(place.Ids) };
                if (place.Name == "other")
                {
                    unknown.Ids["environmentId"] = place.Environment;
                }

                foreach (var operation in OperationTable.All)
                {
                    var recipe = RecipeOf(operation, place);
                    if (Expected(operation, recipe, principal, place, stage) != 404)
                    {
                        continue;
                    }

                    var real = await SendAsync(stage.Server, operation, recipe, principal.Client, place);
                    var invented = await SendAsync(stage.Server, operation, recipe, principal.Client, unknown);
                    compared++;
                    Assert.True(
                        real.Status == invented.Status && Bare(real.Text, place.Ids) == Bare(invented.Text, unknown.Ids),
                        $"{operation.Name} by {principal.Name}: '{place.Name}' answered {real.Status} {real.Text}, what never was {invented.Status} {invented.Text}");
                }
            }
        }

        Assert.True(compared > 300, $"Only {compared} pairs were compared.");
    }

    private static int Expected(Operation operation, WalkRecipe recipe, WalkPrincipal principal, WalkPlace place, WalkStage stage)
    {
        if (principal.Sort == WalkSort.Nobody && operation.Right != Right.Public)
        {
            return 401;
        }

        if (!principal.MayTry(operation.Right))
        {
            return 403;
        }

        var right = recipe.AsIf ?? operation.Right;
        if (recipe.Anywhere || right is Right.Public or Right.Caller or Right.User || principal.Sort == WalkSort.Account)
        {
            return 200;
        }

        if (right is Right.Environment or Right.Publishable || principal.Sort == WalkSort.Secret)
        {
            return place.Environment == stage.Server.Access.EnvironmentId ? 200 : 404;
        }

        return !principal.Roles.TryGetValue(place.Name, out var role) ? 404 : role < right ? 403 : 200;
    }

    /// <summary>The recipe of an operation; one that names its place nowhere fails the walk.</summary>
    private static WalkRecipe RecipeOf(Operation operation, WalkPlace place)
    {
        var recipe = WalkRecipes.All.GetValueOrDefault(operation.Name);
        foreach (Match parameter in Parameter().Matches(operation.Path))
        {
            Assert.True(place.Ids.ContainsKey(parameter.Groups[1].Value), $"{operation.Name}: the walk has no {parameter.Value}. Add it to {nameof(WalkMaker)}.");
        }

        if (recipe is null && operation.Right is Right.Environment or Right.Account)
        {
            recipe = operation.Path.Contains("{environmentId}", StringComparison.Ordinal) ? new WalkRecipe() : new WalkRecipe("environmentId={environmentId}");
        }

        Assert.True(
            recipe is not null || operation.Right == Right.Public || Parameter().IsMatch(operation.Path),
            $"{operation.Name} names no place in its path and has no recipe. Add one to {nameof(WalkRecipes)}.");
        return recipe ?? new WalkRecipe();
    }

    /// <summary>What nobody answers yet.</summary>
    private static async Task<HashSet<string>> BuiltAsync(WalkStage stage)
    {
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in OperationTable.All)
        {
            var recipe = RecipeOf(operation, stage.Places[0]);
            var place = await FreshAsync(stage, operation, recipe, stage.Principals.Single(one => one.Name == "development key"), stage.Places[0]);
            if ((await SendAsync(stage.Server, operation, recipe, stage.Server.Client, place)).Status != 501)
            {
                built.Add(operation.Name);
            }
        }

        return built;
    }

    /// <summary>The place, with new resources for what the call uses up.</summary>
    private static async Task<WalkPlace> FreshAsync(WalkStage stage, Operation operation, WalkRecipe recipe, WalkPrincipal principal, WalkPlace place)
    {
        var names = recipe.UsesUp;
        if (names.Length == 0 && operation.Method == "DELETE" && Parameter().Matches(operation.Path) is { Count: > 0 } parameters)
        {
            names = [parameters[^1].Groups[1].Value];
        }

        var fresh = place with { Ids = new Dictionary<string, string>(place.Ids, StringComparer.Ordinal) };
        foreach (var name in names.Where(name => !name.EndsWith("Export" + "Id", StringComparison.Ordinal) && name is not "suggestionId"))
        {
            switch (name)
            {
                case "accessTokenId":
                    fresh.Ids[name] = (string)(await stage.Server.DataAsync("POST", "auth/personal-access-tokens", """{"name":"walk"}""", principal.Client))["personalAccessToken"]!["id"]!;
                    break;
                case "userId" when operation.Name.StartsWith("spaces.", StringComparison.Ordinal):
                    await stage.MakerOf(place).MakeAsync(fresh, "memberId");
                    break;
                default:
                    await stage.MakerOf(place).MakeAsync(fresh, name);
                    break;
            }
        }

        return fresh;
    }

    private static async Task<(int Status, string Text)> SendAsync(SpacesServer server, Operation operation, WalkRecipe recipe, HttpClient client, WalkPlace place)
    {
        var path = Parameter().Replace(operation.Path, match => Uri.EscapeDataString(place.Ids[match.Groups[1].Value switch
        {
            "userId" when operation.Name.StartsWith("spaces.", StringComparison.Ordinal) => "memberId",
            "actorRoleId" => operation.Name.Split('.')[0][..^1] + "Role",
            var name => name,
        }]));
        var query = place.Fill(recipe.Query);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(server.Address, path + (query.Length > 0 ? "?" + query : "")));
        if (recipe.Type.StartsWith("multipart", StringComparison.Ordinal))
        {
            request.Content = WalkMaker.Upload(place.Ids["spaceId"]);
        }
        else if (operation.Method is "POST" or "PUT" or "PATCH" || recipe.Body is not null)
        {
            var body = place.Fill(recipe.Body ?? "{}").Replace("{unique}", WalkMaker.Unique(), StringComparison.Ordinal);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(recipe.Type) } };
        }

        using var response = await client.SendAsync(request, recipe.HeadOnly ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead);
        return ((int)response.StatusCode, recipe.HeadOnly && response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync());
    }

    /// <summary>Ids of the same form that lead nowhere.</summary>
    private static Dictionary<string, string> Unknown(Dictionary<string, string> ids) => ids.ToDictionary(
        one => one.Key,
        one => one.Key is "roleId" or "accountId" || Id().Match(one.Value) is not { Success: true } match ? one.Value
            : one.Value.StartsWith(IdPrefix.Event, StringComparison.Ordinal) ? EventId.Write(900_000, 1)
            : match.Groups[2].Length == 8 ? new ResourceId(match.Groups[1].Value, 900_000, one.Value.StartsWith(IdPrefix.Space, StringComparison.Ordinal) ? 0 : 7).ToString()
            : match.Groups[1].Value + new string('z', match.Groups[2].Length));

    private static string Bare(string text, Dictionary<string, string> ids)
    {
        foreach (var id in ids.Values.Where(id => Id().IsMatch(id)))
        {
            text = text.Replace(id, "#", StringComparison.Ordinal);
        }

        return text;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("^(us_[a-z]+_)([0-9A-Za-z]+)$")]
    private static partial Regex Id();
}
