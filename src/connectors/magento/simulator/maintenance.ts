import type { ShopAnswer } from "../../simulator/server.js";

/** What every request gets in maintenance mode: 503 and a page, whatever the client accepts (recorded). */
export function maintenancePage(url: string): ShopAnswer {
  const base = `${url}/errors/default/`.replaceAll(":", "&#x3A;").replaceAll("/", "&#x2F;");
  return {
    status: 503,
    headers: {
      "content-type": "text/html; charset=UTF-8",
      "x-content-type-options": "nosniff",
      "x-xss-protection": "1; mode=block",
      "x-frame-options": "SAMEORIGIN",
      "x-powered-by": "PHP/8.2.36",
    },
    body: `<!doctype html>
<html xmlns="http://www.w3.org/1999/xhtml" >
<head>
    <title>Error 503: Service Unavailable</title>
    <base href="${base}" />
    <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
    <meta name="robots" content="*"/>
    <link rel="stylesheet" href="css/styles.css" type="text/css" />
    <link rel="icon" href="images/favicon.ico" type="image/x-icon" />
    <link rel="shortcut icon" href="images/favicon.ico" type="image/x-icon" />
</head>
<body>
    <main class="page-main">
        
<h1>Service Temporarily Unavailable</h1>
<p>
    The server is temporarily unable to service your request due to maintenance downtime or capacity problems.
    Please try again later.
</p>
    </main>
</body>
</html>
`,
  };
}
