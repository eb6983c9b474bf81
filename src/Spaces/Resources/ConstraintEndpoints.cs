using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;

namespace Flatfile.Spaces.Resources;

/// <summary><c>/apps/{appId}/constraints</c>: stored constraints, each with every state it has had. Their source is kept, and run by a plugin.</summary>
internal sealed class ConstraintEndpoints(Places places) : IEndpoints
{
    private static readonly Shape New = ShapeTable.Find("ConstraintCreate");
    private static readonly Shape Changed = ShapeTable.Find("ConstraintUpdate");

    private static readonly BodyMerge Rules = new(
        new HashSet<string>(StringComparer.Ordinal),
        new HashSet<string>(["id", "appId", "validator", "version", "createdAt", "updatedAt"], StringComparer.Ordinal));

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("apps.getConstraints", ListAsync);
        routes.Map("apps.createConstraint", CreateAsync);
        routes.Map("apps.getConstraintById", call => ReadAsync(call, (_, constraint) => Answer.Data(constraint)));
        routes.Map("apps.getConstraintVersions", call => ReadAsync(call, (stock, constraint) => Answer.List(Versions(stock, constraint))));
        routes.Map("apps.getConstraintVersion", call => ReadAsync(call, (stock, constraint) => Answer.Data(Version(stock, constraint, call.Route("version")))));
        routes.Map("apps.updateConstraint", UpdateAsync);
        routes.Map("apps.deleteConstraint", DeleteAsync);
    }

    /// <summary>There are no built-in ones beside those of the server's own field types, so <c>includeBuiltins</c> adds nothing.</summary>
    private Task<Answer> ListAsync(ApiCall call)
    {
        call.Flag("includeBuiltins");
        return places.Environment(call).ReadAsync(stock => Answer.List(stock.List(Kinds.Constraints, App(stock, call))));
    }

    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        New.Require(given);
        return await places.Environment(call).WriteAsync(stock =>
        {
            var app = App(stock, call);
            if (given.Text("appId") is { } named && named != app)
            {
                throw ApiRefusal.Bad("appId", $"The address names '{app}', the body '{named}'.");
            }

            var id = stock.NewId(Kinds.Constraints);
            var validator = given.Text("validator") ?? id;
            if (stock.List(Kinds.Constraints, app).Exists(other => other.Text("validator") == validator))
            {
                throw ApiRefusal.Conflict("validator", $"The app already has a constraint with validator '{validator}'.");
            }

            var constraint = new JsonObject { ["id"] = id, ["appId"] = app, ["validator"] = validator, ["createdAt"] = stock.Now };
            Apply(stock, constraint, given);
            stock.Insert(Kinds.Constraints, constraint, app);
            Keep(stock, constraint);
            return Answer.Data(constraint);
        }).ConfigureAwait(false);
    }

    private async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        Changed.Require(given, partial: true);
        return await places.Environment(call).WriteAsync(stock =>
        {
            var constraint = Of(stock, call);
            Apply(stock, constraint, given);
            stock.Update(Kinds.Constraints, constraint);
            Keep(stock, constraint);
            return Answer.Data(constraint);
        }).ConfigureAwait(false);
    }

    private Task<Answer> DeleteAsync(ApiCall call) => places.Environment(call).WriteAsync(stock =>
    {
        stock.Delete(Kinds.Constraints, Of(stock, call).Text("id")!);
        return Answers.Done(Bare.Delete);
    });

    private Task<Answer> ReadAsync(ApiCall call, Func<Stock, JsonObject, Answer> answer) =>
        places.Environment(call).ReadAsync(stock => answer(stock, Of(stock, call)));

    private static string App(Stock stock, ApiCall call) => stock.Get(Kinds.Apps, call.Route("appId")).Text("id")!;

    private static JsonObject Of(Stock stock, ApiCall call)
    {
        var id = call.Route("constraintId");
        return stock.Find(Kinds.Constraints, id) is { } constraint && constraint.Text("appId") == App(stock, call)
            ? constraint
            : throw ApiRefusal.NotFound(Kinds.Constraints.Noun, id);
    }

    private static void Apply(Stock stock, JsonObject constraint, JsonObject given)
    {
        BodyMerge.Into(constraint, given, Rules);
        constraint["updatedAt"] = stock.Now;
    }

    private static List<JsonObject> Versions(Stock stock, JsonObject constraint) =>
        [.. stock.List(Kinds.ConstraintVersions, constraint.Text("id")).Select(kept => Shown(kept, constraint))];

    private static JsonObject Version(Stock stock, JsonObject constraint, string number) =>
        Versions(stock, constraint).Find(version => ((int)version["version"]!).ToString(CultureInfo.InvariantCulture) == number)
        ?? throw ApiRefusal.NotFound(Kinds.ConstraintVersions.Noun, number);

    /// <summary>A version goes by the id of its constraint.</summary>
    private static JsonObject Shown(JsonObject kept, JsonObject constraint)
    {
        kept["id"] = constraint.Text("id");
        return kept;
    }

    private static void Keep(Stock stock, JsonObject constraint)
    {
        var version = constraint.DeepClone().AsObject();
        version["id"] = stock.NewId(Kinds.ConstraintVersions);
        version["version"] = stock.List(Kinds.ConstraintVersions, constraint.Text("id")).Count + 1;
        stock.Insert(Kinds.ConstraintVersions, version, constraint.Text("id"));
    }
}
