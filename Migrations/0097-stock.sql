-- Stock: what a company has, where each piece is, and every way that it went.

-- In the order in which acts take them.
LOCK TABLE customers, services, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE stock_products (
    tenant_id uuid NOT NULL REFERENCES tenants,
    product_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    code text NOT NULL CHECK (char_length(code) <= 40),
    -- Whether each piece is known by its serial number.
    is_serial boolean NOT NULL,
    -- Below so many in the warehouses more are to be bought.
    minimum integer NOT NULL CHECK (minimum BETWEEN 0 AND 100000),
    note text NOT NULL CHECK (char_length(note) <= 500),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, product_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, name)
);
SELECT keep_tenants_apart('stock_products', 'SELECT, INSERT, UPDATE');

CREATE TABLE stock_warehouses (
    tenant_id uuid NOT NULL REFERENCES tenants,
    warehouse_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    note text NOT NULL CHECK (char_length(note) <= 500),
    PRIMARY KEY (tenant_id, warehouse_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, name)
);
SELECT keep_tenants_apart('stock_warehouses', 'SELECT, INSERT, UPDATE');

CREATE TABLE stock_suppliers (
    tenant_id uuid NOT NULL REFERENCES tenants,
    supplier_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    phone text NOT NULL CHECK (char_length(phone) <= 40),
    email text NOT NULL CHECK (char_length(email) <= 254),
    note text NOT NULL CHECK (char_length(note) <= 500),
    PRIMARY KEY (tenant_id, supplier_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, name)
);
SELECT keep_tenants_apart('stock_suppliers', 'SELECT, INSERT, UPDATE');

-- A piece with a serial number. Its place is a warehouse, a member of the staff or a customer; lost ones have none.
CREATE TABLE stock_units (
    tenant_id uuid NOT NULL REFERENCES tenants,
    unit_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    product_id uuid NOT NULL,
    serial text NOT NULL CHECK (char_length(serial) BETWEEN 1 AND 60),
    place text NOT NULL CHECK (place IN ('warehouse', 'technician', 'customer', 'lost')),
    warehouse_id uuid,
    staff_id uuid,
    customer_id uuid,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, unit_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, serial),
    FOREIGN KEY (tenant_id, product_id) REFERENCES stock_products,
    FOREIGN KEY (tenant_id, warehouse_id) REFERENCES stock_warehouses,
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff,
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    CHECK ((warehouse_id IS NOT NULL) = (place = 'warehouse')),
    CHECK ((staff_id IS NOT NULL) = (place = 'technician')),
    CHECK ((customer_id IS NOT NULL) = (place = 'customer'))
);
CREATE INDEX stock_units_of_product ON stock_units (tenant_id, product_id, place);
CREATE INDEX stock_units_of_customer ON stock_units (tenant_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX stock_units_of_member ON stock_units (tenant_id, staff_id) WHERE staff_id IS NOT NULL;
SELECT keep_tenants_apart('stock_units', 'SELECT, INSERT, UPDATE');

-- How many there are of a product without serial numbers, by place. What a customer got is used up.
CREATE TABLE stock_levels (
    tenant_id uuid NOT NULL REFERENCES tenants,
    product_id uuid NOT NULL,
    place text NOT NULL CHECK (place IN ('warehouse', 'technician')),
    -- Of the warehouse or of the member of the staff.
    place_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (tenant_id, product_id, place, place_id),
    FOREIGN KEY (tenant_id, product_id) REFERENCES stock_products
);
SELECT keep_tenants_apart('stock_levels', 'SELECT, INSERT, UPDATE');

-- Every way that something went; nothing of it is ever changed.
CREATE TABLE stock_movements (
    tenant_id uuid NOT NULL REFERENCES tenants,
    movement_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    product_id uuid NOT NULL,
    unit_id uuid,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
    from_place text NOT NULL CHECK (from_place IN ('supplier', 'warehouse', 'technician', 'customer', 'lost')),
    from_name text NOT NULL CHECK (char_length(from_name) <= 200),
    to_place text NOT NULL CHECK (to_place IN ('warehouse', 'technician', 'customer', 'lost')),
    to_name text NOT NULL CHECK (char_length(to_name) <= 200),
    note text NOT NULL CHECK (char_length(note) <= 300),
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, movement_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, product_id) REFERENCES stock_products,
    FOREIGN KEY (tenant_id, unit_id) REFERENCES stock_units,
    CHECK (unit_id IS NULL OR quantity = 1)
);
CREATE INDEX stock_movements_of_unit ON stock_movements (tenant_id, unit_id, number) WHERE unit_id IS NOT NULL;
CREATE INDEX stock_movements_of_product ON stock_movements (tenant_id, product_id, number);
SELECT keep_tenants_apart('stock_movements', 'SELECT, INSERT');
