"""What is forbidden is tried, over all services, from their OpenAPI documents and from the gateway's map of addresses.

Here, each against the real apps on a real MongoDB (`world` makes two of everything: of the side a, and foreign to b):

| what | where |
|---|---|
| operation x role x relation, from `x-allowed`; undeclared routes and unknown names fail | test_matrix |
| somebody else's ids in path, query and body; one cannot be told from none | test_foreign |
| operators of MongoDB in every string, query, path and form | test_operators |
| mass assignment: what no client may say, in every object of every body | test_assignment |
| forged, foreign, premature and ended tokens; programs' tokens; the gateway's own role | test_tokens |
| CSRF on each page, looking changes nothing, cookies, odd forms | test_pages |
| open redirects | test_redirects |
| smuggling, paths, headers and hosts through a gateway and a registry that run | test_through_the_proxy |
| bodies: deep, huge, doubled, packed, of another kind | test_bodies |
| what the door says to whoever guesses; limits of what can be guessed | test_the_door |
| headers of every answer | test_headers |

Tried elsewhere, and not again here:

| what | where |
|---|---|
| each route names who may; roles from the views themselves | architecture/test_routes, common/test_access |
| keys fetched, rotated, away; a token to its very end | common/test_access, gateway/test_access_tokens |
| accounts, sessions and programs that ended, in processes that run | chaos/test_revocation, common/test_standing |
| the same, by what they did | gateway/test_client_revocation, test_sessions, test_refresh_session |
| whatever is sent, at random, from the documents | contracts/test_fuzz, contracts/test_forged |
| bytes that are no request; clients that are slow | common/test_slow_clients |
| sizes and times of what is passed on | gateway/test_stream, test_slow_service |
| paths out of /v1, and what is passed on and back | gateway/test_stay_inside_v1, test_pass_* |
| lockout, and that it locks nobody else out | gateway/test_tries, test_sign_in |
| by time: signing in; recovery; programs' secrets | gateway/test_sign_in, test_recovery, test_client_tokens |
| by what is asked of the database: claims | gateway/test_claim, registry/test_claim |
| by text: claims, letters, activation, codes | gateway/test_claim, test_claim_letters, test_recovery_desk, test_code |
"""
