/** A shop with its orders and those that were paid. */
export const shop = {
  "headrace.yml": "name: shop\n",
  "data/orders.csv": "id,status,amount\n1,paid,10.5\n2,open,4\n3,paid,1\n",
  "pipelines/orders.yml": "kind: source\nname: orders\ndescription: Every order\nsource: csv\ntable: data/orders.csv\n",
  "pipelines/paid.yml":
    "kind: transform\nname: paid\ntags: [daily]\ntransform: |\n  select id, amount from ref('source.orders') where status = 'paid'\n",
};
